package image;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;

/** A jar made for a test, out of sources and other files. */
final class TestJar {

    private final Path folder;
    private final Map<String, String> sources = new LinkedHashMap<>();
    private final Map<String, byte[]> files = new LinkedHashMap<>();

    /** A jar in the folder, which also is what its sources are compiled against. */
    TestJar(Path folder) {
        this.folder = folder;
    }

    /** Adds a source file, named by its path. */
    TestJar source(String path, String text) {
        sources.put(path, text);
        return this;
    }

    /** Adds any other file. */
    TestJar file(String path, String text) {
        return file(path, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds any other file. */
    TestJar file(String path, byte[] content) {
        files.put(path, content);
        return this;
    }

    /** Compiles and writes the jar. */
    Path write(String name) throws IOException {
        Path work = Files.createTempDirectory(folder.getParent(), "classes");
        Path classes = Files.createDirectories(work.resolve("classes"));
        if (!sources.isEmpty()) {
            compile(work.resolve("sources"), classes);
        }
        Path jar = folder.resolve(name);
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                var compiled = Files.walk(classes)) {
            for (Path type : compiled.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new ZipEntry(classes.relativize(type).toString()));
                Files.copy(type, out);
            }
            for (var file : files.entrySet()) {
                out.putNextEntry(new ZipEntry(file.getKey()));
                out.write(file.getValue());
            }
        }
        return jar;
    }

    private void compile(Path sourceFolder, Path classes) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("-proc:none", "-d", classes.toString()));
        if (sources.containsKey("module-info.java")) {
            arguments.addAll(List.of("--module-path", folder.toString()));
        } else {
            arguments.addAll(List.of("--class-path", jars()));
        }
        for (var source : sources.entrySet()) {
            Path file = sourceFolder.resolve(source.getKey());
            Files.createDirectories(file.getParent());
            arguments.add(Files.writeString(file, source.getValue()).toString());
        }
        StringWriter output = new StringWriter();
        PrintWriter writer = new PrintWriter(output);
        int exit = ToolProvider.findFirst("javac").orElseThrow().run(writer, writer, arguments.toArray(String[]::new));
        if (exit != 0) {
            throw new AssertionError(output.toString());
        }
    }

    private String jars() throws IOException {
        try (var jars = Files.list(folder)) {
            return jars.map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        }
    }
}
