package push.engine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** The architecture rules that a compiler cannot check. */
class ArchitectureTest {

    private static final JavaClasses ENGINE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("push.engine");

    private static void hold(ArchRule rule) {
        assertThat(rule.evaluate(ENGINE).getFailureReport().getDetails(), empty());
    }

    @Test
    void onlyEngineRuntimeReadsTheMachinesClocks() {
        hold(noClasses()
                .that()
                .haveNameNotMatching(".*EngineRuntime.*")
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(java.time.Instant.class, "now"));
    }

    @Test
    void theLogInMemorySeesOnlyTheSpi() {
        hold(noClasses()
                .that()
                .resideInAPackage("push.engine.memory")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("push.engine", "push.api"));
    }

    @Test
    void theEngineDoesNotSeeTheLogInMemory() {
        hold(noClasses()
                .that()
                .resideInAPackage("push.engine")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("push.engine.memory"));
    }

    @Test
    void packagesHaveNoCycles() {
        hold(slices().matching("push.(**)").should().beFreeOfCycles());
    }
}
