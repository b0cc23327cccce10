package push.transport.gate;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class GateArchitectureTest {

    @Test
    void theGateDoesNotDependOnEngineOrGrpc() {
        var rule = noClasses()
                .that()
                .resideInAPackage("push.transport.gate")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("push.engine..", "push.api..", "push.protocol..", "push.transport", "io.grpc..");
        var gate = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("push.transport");

        assertThat(rule.evaluate(gate).getFailureReport().getDetails(), empty());
    }
}
