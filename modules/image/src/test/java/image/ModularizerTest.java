package image;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Exports;
import java.lang.module.ModuleDescriptor.Provides;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModularizerTest {

    @TempDir
    Path temp;

    private Path jars;

    @BeforeEach
    void makeFolder() throws IOException {
        jars = Files.createDirectories(temp.resolve("jars"));
    }

    @Test
    void derivesADescriptorForAnAutomaticJar() throws IOException {
        greetingApi().write("greeting-api-1.2.jar");
        jar().source("polite/Polite.java", """
                package polite;
                public class Polite implements greeting.Greeting {
                    public String text() { return "Good day"; }
                }
                """)
                .file("META-INF/services/greeting.Greeting", "polite.Polite\n")
                .write("polite-3.jar");

        ModulePath path = modularize();

        assertThat(path.modules(), contains("greeting.api", "polite"));
        assertThat(path.derived(), contains("greeting.api", "polite"));
        ModuleDescriptor api = descriptor(path, "greeting.api");
        assertThat(api.isAutomatic(), is(false));
        assertThat(api.isOpen(), is(true));
        assertThat(api.rawVersion().orElseThrow(), is("1.2"));
        assertThat(exports(api), contains("greeting"));
        assertThat(api.uses(), contains("greeting.Greeting"));
        ModuleDescriptor provider = descriptor(path, "polite");
        assertThat(requires(provider), containsInAnyOrder("mandated java.base", "transitive greeting.api"));
        assertThat(
                provider.provides().stream().map(Provides::toString).toList(),
                contains("greeting.Greeting with [polite.Polite]"));
    }

    @Test
    void declaresAServiceThatIsPassedAsAnArgumentAndHasNoProvider() throws IOException {
        jar().source("a/Service.java", "package a; public interface Service {}")
                .source("a/NoService.java", "package a; public final class NoService {}")
                .source("a/Loader.java", """
                        package a;
                        class Loader { static Object load(Class<?> type) { return java.util.ServiceLoader.load(type); } }
                        """)
                .source("a/User.java", """
                        package a;
                        class User { Object get() { return Loader.load(Service.class); } Object no() { return NoService.class; } }
                        """)
                .write("a.jar");

        assertThat(descriptor(modularize(), "a").uses(), contains("a.Service"));
    }

    @Test
    void dropsAProviderWhoseServiceIsNotThere() throws IOException {
        Path optional = greetingApi().write("greeting-api.jar");
        jar().source("polite/Polite.java", """
                package polite;
                public class Polite implements greeting.Greeting { public String text() { return ""; } }
                """)
                .file("META-INF/services/greeting.Greeting", "polite.Polite\n")
                .write("polite.jar");
        Files.delete(optional);

        ModuleDescriptor polite = descriptor(modularize(), "polite");

        assertThat(polite.provides(), empty());
        assertThat(requires(polite), contains("mandated java.base"));
    }

    @Test
    void dropsEmptyAndAnnotationOnlyJars() throws IOException {
        jar().file("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\n").write("empty.jar");
        annotations().write("notes.jar");
        jar().source("a/A.java", "package a; @notes.Note(level = notes.Note.Level.HIGH) public class A {}")
                .write("a.jar");

        ModulePath path = modularize();

        assertThat(path.modules(), contains("a"));
        assertThat(path.dropped(), contains("empty.jar", "notes.jar"));
        assertThat(requires(descriptor(path, "a")), contains("mandated java.base"));
    }

    @Test
    void keepsAnnotationsThatCodeReads() throws IOException {
        annotations().write("notes.jar");
        jar().source("a/A.java", """
                package a;
                public class A { boolean test(Class<?> c) { return c.isAnnotationPresent(notes.Note.class); } }
                """).write("a.jar");

        ModulePath path = modularize();

        assertThat(path.dropped(), empty());
        assertThat(requires(descriptor(path, "a")), hasItem("transitive notes"));
    }

    @Test
    void keepsAnnotationsThatADescriptorRequires() throws IOException {
        annotations().write("notes.jar");
        jar().source("module-info.java", "module a { requires notes; }")
                .source("a/A.java", "package a; @notes.Note public class A {}")
                .write("a.jar");

        assertThat(modularize().modules(), contains("a", "notes"));
    }

    @Test
    void keepsAJarOfResources() throws IOException {
        jar().file("site/index.html", "<p>").write("site.jar");

        assertThat(modularize().modules(), contains("site"));
    }

    @Test
    void countsFoldersOfResourcesAsPackagesButExportsNone() throws IOException {
        jar().source("a/A.java", "package a; public class A {}")
                .file("texts/a.txt", "")
                .file("not-a-package/a.txt", "")
                .file("only/protos/a.proto", "")
                .write("a.jar");

        ModuleDescriptor module = descriptor(modularize(), "a");

        assertThat(module.packages(), containsInAnyOrder("a", "texts"));
        assertThat(exports(module), contains("a"));
    }

    @Test
    void requiresSqlOnlyWhereItIsImplementedAndDesktopNowhere() throws IOException {
        jar().source("driver/Source.java", """
                package driver;
                public abstract class Source implements javax.sql.DataSource { javax.swing.JFrame frame; }
                """).write("driver.jar");
        jar().source("adapter/Adapter.java", """
                package adapter;
                public class Adapter {
                    long millis(java.sql.Timestamp time) { return time.getTime(); }
                    java.util.logging.Logger log;
                    javax.swing.JFrame frame;
                }
                """).write("adapter.jar");

        ModulePath path = modularize();

        assertThat(
                requires(descriptor(path, "driver")), containsInAnyOrder("mandated java.base", "transitive java.sql"));
        assertThat(
                requires(descriptor(path, "adapter")),
                containsInAnyOrder("mandated java.base", "transitive java.logging"));
    }

    @Test
    void namesTheModulesThatLoadNativeCode() throws IOException {
        jar().source("a/A.java", "package a; public class A { void load() { System.loadLibrary(\"a\"); } }")
                .write("a.jar");
        jar().source("b/B.java", "package b; public class B {}").write("b.jar");

        assertThat(modularize().nativeModules(), contains("a"));
    }

    @Test
    void leavesSignaturesAndProtoSourcesBehind() throws IOException {
        jar().source("a/A.java", "package a; public class A {}")
                .file("META-INF/KEY.SF", "")
                .file("META-INF/KEY.RSA", "")
                .file("a/a.proto", "")
                .file("a/a.txt", "")
                .write("a.jar");

        Path copy = modularize().folder().resolve("a.jar");

        try (JarFile jar = new JarFile(copy.toFile())) {
            assertThat(
                    jar.stream().map(entry -> entry.getName()).toList(),
                    containsInAnyOrder("module-info.class", "a/A.class", "a/a.txt"));
        }
    }

    @Test
    void copiesRealModulesAsTheyAre() throws IOException {
        Path jar = jar().source("module-info.java", "module a { exports a; }")
                .source("a/A.java", "package a; public class A {}")
                .write("a-1.jar");

        ModulePath path = modularize();

        assertThat(path.derived(), empty());
        assertThat(Files.mismatch(jar, path.folder().resolve("a.jar")), is(-1L));
    }

    @Test
    void writesTheSameBytesAgain() throws IOException {
        jar().source("a/A.java", "package a; public class A { java.util.logging.Logger log; }")
                .write("a.jar");

        Path first = modularize().folder().resolve("a.jar");
        Path second =
                Modularizer.modularize(jars, temp.resolve("again")).folder().resolve("a.jar");

        assertThat(Files.mismatch(first, second), is(-1L));
    }

    @Test
    void failsOnASplitPackage() throws IOException {
        jar().source("a/A.java", "package a; public class A {}").write("one.jar");
        jar().source("a/B.java", "package a; public class B {}").write("two.jar");

        assertThat(failure(), allOf(containsString("a is in one and in two"), containsString("Exclude")));
    }

    @Test
    void failsOnAPackageOfTheJdk() throws IOException {
        jar().source("a/A.java", "package a; public class A {}").write("a.jar");
        byte[] type = ClassFile.of().build(ClassDesc.of("java.util.Fake"), builder -> {});
        jar().file("java/util/Fake.class", type).write("fake.jar");

        assertThat(failure(), containsString("java.util is in java.base and in fake"));
    }

    @Test
    void failsOnACycle() throws IOException {
        jar().source("a/A.java", "package a; public class A {}").write("one.jar");
        jar().source("b/B.java", "package b; public class B extends a.A {}").write("two.jar");
        jar().source("a/A.java", "package a; public class A { b.B b; }").write("one.jar");

        assertThat(failure(), containsString("one -> two -> one"));
    }

    @Test
    void failsOnTwoVersionsOfAJar() throws IOException {
        jar().source("a/A.java", "package a; public class A {}").write("a-1.jar");
        jar().source("a/A.java", "package a; public class A {}").write("a-2.jar");

        assertThat(failure(), allOf(containsString("a-1.jar and a-2.jar"), containsString("Clean the build")));
    }

    @Test
    void failsOnAJarThatCannotBeAModule() throws IOException {
        jar().source("a/A.java", "package a; public class A {}").write("1-2.jar");

        assertThat(failure(), allOf(containsString("1-2.jar is not a module"), not(containsString("Exception"))));
    }

    @Test
    void failsOnADamagedClass() throws IOException {
        jar().file("a/A.class", "not a class").write("a.jar");

        assertThat(failure(), containsString("a/A.class in a.jar is damaged"));
    }

    @Test
    void failsOnAnEmptyFolder() {
        assertThat(failure(), containsString("no jars"));
    }

    private TestJar jar() {
        return new TestJar(jars);
    }

    private TestJar greetingApi() {
        return jar().source("greeting/Greeting.java", """
                package greeting;
                public interface Greeting {
                    String text();
                    static Greeting first() {
                        return java.util.ServiceLoader.load(Greeting.class).findFirst().orElseThrow();
                    }
                }
                """);
    }

    private TestJar annotations() {
        return jar().source("notes/Note.java", """
                package notes;
                import java.lang.annotation.*;
                @Retention(RetentionPolicy.RUNTIME)
                public @interface Note {
                    Level level() default Level.LOW;
                    enum Level { LOW, HIGH }
                }
                """);
    }

    private ModulePath modularize() throws IOException {
        return Modularizer.modularize(jars, temp.resolve("modules"));
    }

    private String failure() {
        return String.valueOf(
                assertThrows(ImageException.class, this::modularize).getMessage());
    }

    private static ModuleDescriptor descriptor(ModulePath path, String module) {
        return ModuleFinder.of(path.folder()).find(module).orElseThrow().descriptor();
    }

    private static Set<String> exports(ModuleDescriptor module) {
        return module.exports().stream().map(Exports::source).collect(Collectors.toSet());
    }

    private static List<String> requires(ModuleDescriptor module) {
        return module.requires().stream().map(ModularizerTest::text).toList();
    }

    private static String text(Requires requires) {
        String modifiers = requires.modifiers().stream()
                .map(modifier -> modifier.name().toLowerCase(java.util.Locale.ROOT) + " ")
                .collect(Collectors.joining());
        return modifiers + requires.name();
    }
}
