package image;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;

/** Links modules and the parts of the JDK that they need into a runtime image. */
final class Linker {

    /** What no library requires, but whoever operates the image does: flight recordings, and jcmd to ask for them. */
    private static final List<String> OPERATORS_MODULES = List.of("jdk.jfr", "jdk.jcmd");

    private Linker() {}

    /**
     * Runs jlink.
     *
     * @param modules what to link: every one, since jlink follows no service bindings
     * @param image folder to make, which must not exist
     * @throws ImageException if jlink is not there, or refuses
     */
    static void link(ModulePath modules, Path image) {
        List<String> roots = new ArrayList<>(modules.modules());
        roots.addAll(OPERATORS_MODULES);
        run(
                "--module-path",
                modules.folder().toString(),
                "--add-modules",
                String.join(",", roots),
                "--output",
                image.toString(),
                // Stronger compression gains nothing more. Line numbers stay, stack traces need them.
                "--compress",
                "zip-6",
                "--no-header-files",
                "--no-man-pages",
                "--ignore-signing-information");
    }

    private static void run(String... arguments) {
        ToolProvider jlink = ToolProvider.findFirst("jlink")
                .orElseThrow(() -> new ImageException(
                        "This Java has no jlink: " + System.getProperty("java.home"),
                        "Run the build on a full JDK, not on a runtime."));
        StringWriter output = new StringWriter();
        PrintWriter writer = new PrintWriter(output);
        int exit = jlink.run(writer, writer, arguments);
        writer.flush();
        if (exit != 0) {
            throw new ImageException(
                    "jlink failed (" + exit + "): " + output.toString().strip(),
                    "Where a module is missing, add it to the application's runtime dependencies.");
        }
    }
}
