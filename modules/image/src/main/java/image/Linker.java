package image;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;

/** Links modules and the parts of the JDK that they need into a runtime image. */
final class Linker {

    /** Modules that operators need although no library requires them: flight recordings, and jcmd to start them. */
    private static final List<String> OPERATORS_MODULES = List.of("jdk.jfr", "jdk.jcmd");

    private Linker() {}

    /**
     * Runs jlink.
     *
     * @param modules the modules to link. All of them are root modules, because jlink does not follow service bindings
     * @param image the folder of the new image, which must not exist
     * @throws ImageException if this Java has no jlink, or jlink fails
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
                // A higher level saves nothing. Line numbers are kept for stack traces.
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
