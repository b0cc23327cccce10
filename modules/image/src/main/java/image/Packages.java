package image;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.lang.model.SourceVersion;

/**
 * The packages that a jar has as a named module with a descriptor. For such a module, Java counts every folder whose
 * name is a valid package name, even if it contains only resources. The descriptor of an automatic module lists only
 * packages with classes.
 */
final class Packages {

    private Packages() {}

    /** The packages of the entries that {@link JarRewriter} keeps. */
    static Set<String> in(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile(), false, ZipFile.OPEN_READ, Runtime.version())) {
            return file.versionedStream()
                    .filter(JarRewriter::isKept)
                    .map(ZipEntry::getName)
                    .filter(name -> name.contains("/"))
                    .map(name -> name.substring(0, name.lastIndexOf('/')).replace('/', '.'))
                    .filter(SourceVersion::isName)
                    .collect(Collectors.toUnmodifiableSet());
        }
    }
}
