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
 * The packages that a jar has as a real module. Java counts every folder that could be one, also when it only holds
 * resources; an automatic module's descriptor lists those with classes alone.
 */
final class Packages {

    private Packages() {}

    /** The packages of what {@link JarRewriter} keeps of a jar. */
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
