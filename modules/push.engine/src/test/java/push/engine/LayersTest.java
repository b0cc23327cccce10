package push.engine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The layers of the package {@code push.engine}, as its {@code package-info.java} lists them. */
class LayersTest {

    private static final String PACKAGE = "push.engine";

    private static final Path LIST = Path.of("src/main/java/push/engine/package-info.java");

    /** The name of a layer or of a class, or a semicolon. */
    private static final Pattern WORD = Pattern.compile("\\w+|;");

    private static final JavaClasses ENGINE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(PACKAGE);

    /**
     * Where a class is.
     *
     * @param layer the number of the layer, from the top
     * @param isInner true if only its own layer uses the class
     */
    private record Place(int layer, boolean isInner) {}

    @Test
    void everyClassIsInOneLayer() throws IOException {
        List<String> classes = ENGINE.stream()
                .map(LayersTest::topLevelName)
                .filter(name -> !name.isEmpty() && !name.equals("package-info"))
                .distinct()
                .sorted()
                .toList();
        assertThat(List.copyOf(places().keySet()), is(classes));
    }

    @Test
    void noClassUsesAHigherLayer() throws IOException {
        assertThat(uses((user, used) -> used.layer() < user.layer()), is(empty()));
    }

    @Test
    void innerClassesAreUsedOnlyInTheirLayer() throws IOException {
        assertThat(uses((user, used) -> used.isInner() && used.layer() != user.layer()), is(empty()));
    }

    /** The listed classes by name. */
    private static Map<String, Place> places() throws IOException {
        String source = Files.readString(LIST);
        String list = source.substring(source.indexOf("<pre>") + "<pre>".length(), source.indexOf("</pre>"));
        Matcher words = WORD.matcher(list);
        Map<String, Place> places = new TreeMap<>();
        int layer = 0;
        boolean isInner = false;
        while (words.find()) {
            String word = words.group();
            if (word.equals(";")) {
                isInner = true;
            } else if (Character.isLowerCase(word.charAt(0))) {
                layer++;
                isInner = false;
            } else {
                assertThat(word + " was listed before", places.put(word, new Place(layer, isInner)), is(nullValue()));
            }
        }
        return places;
    }

    private static List<String> uses(BiPredicate<Place, Place> forbidden) throws IOException {
        Map<String, Place> places = places();
        return ENGINE.stream()
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .filter(use -> forbids(forbidden, places, use))
                .map(Dependency::getDescription)
                .toList();
    }

    private static boolean forbids(BiPredicate<Place, Place> forbidden, Map<String, Place> places, Dependency use) {
        Place user = places.get(topLevelName(use.getOriginClass()));
        Place used = places.get(topLevelName(use.getTargetClass()));
        return user != null && used != null && forbidden.test(user, used);
    }

    /** The simple name of a class, or of the class that it is nested in; empty if it is in another package. */
    private static String topLevelName(JavaClass type) {
        JavaClass element = type.getBaseComponentType();
        if (!element.getPackageName().equals(PACKAGE)) {
            return "";
        }
        String name = element.getName().substring(PACKAGE.length() + 1);
        int nested = name.indexOf('$');
        return nested < 0 ? name : name.substring(0, nested);
    }
}
