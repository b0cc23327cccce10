package image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.Objects;

/** The script that starts the application: {@code bin/push} in the image. */
final class Launcher {

    private static final String TEMPLATE = "launcher.sh";

    private Launcher() {}

    /** The path of the script in an image. */
    static Path in(Path image) {
        return image.resolve("bin").resolve("push");
    }

    /**
     * Writes the script into an image.
     *
     * @param image the folder of the image
     * @param main the main class, as {@code module/class}
     * @param nativeModules the modules that may load native libraries without a warning
     */
    static void write(Path image, String main, Collection<String> nativeModules) throws IOException {
        Path script = in(image);
        Files.createDirectories(script.getParent());
        Files.writeString(script, script(main, nativeModules));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static String script(String main, Collection<String> nativeModules) throws IOException {
        // Java warns about an option without modules, so the option is written only if there are modules.
        String access = nativeModules.isEmpty() ? "" : "--enable-native-access=" + String.join(",", nativeModules);
        return template().replace("@MAIN@", main).replace("@NATIVE_ACCESS@", access);
    }

    private static String template() throws IOException {
        try (InputStream in = Objects.requireNonNull(Launcher.class.getResourceAsStream(TEMPLATE), TEMPLATE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
