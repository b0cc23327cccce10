package image;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Copies a jar and adds a module descriptor. */
final class JarRewriter {

    private JarRewriter() {}

    /**
     * Writes the descriptor, and the entries that this JDK would load from {@code jar}, to {@code target}.
     *
     * <p>Signatures are left out, because the new descriptor makes them invalid. {@code .proto} sources are also left
     * out: nothing reads them at run time, and several jars contain the same ones.
     */
    static void rewrite(Path jar, ModuleDescriptor descriptor, Path target) throws IOException {
        try (JarFile in = new JarFile(jar.toFile(), false, ZipFile.OPEN_READ, Runtime.version());
                JarOutputStream out = new JarOutputStream(Files.newOutputStream(target))) {
            out.putNextEntry(entry("module-info.class", 0));
            out.write(DescriptorWriter.write(descriptor));
            for (JarEntry old : in.versionedStream().filter(JarRewriter::isKept).toList()) {
                out.putNextEntry(entry(old.getName(), old.getTime()));
                try (InputStream content = in.getInputStream(old)) {
                    content.transferTo(out);
                }
            }
        }
    }

    /** Whether the copy contains an entry. */
    static boolean isKept(JarEntry entry) {
        String name = entry.getName();
        return !entry.isDirectory()
                && !name.endsWith(".proto")
                && !name.matches("META-INF/(INDEX\\.LIST|[^/]+\\.(SF|RSA|DSA|EC)|SIG-[^/]*)");
    }

    private static ZipEntry entry(String name, long time) {
        ZipEntry entry = new ZipEntry(name);
        entry.setTime(time);
        return entry;
    }
}
