package app.logging;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Splits printed text into lines and adds them to the log's queue. Thread-safe. */
final class PrintedLines extends OutputStream {

    private static final int MAX_LINE = 4000;

    private final LineQueue queue;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    PrintedLines(LineQueue queue) {
        this.queue = queue;
    }

    @Override
    public synchronized void write(int b) {
        if (b == '\n') {
            end();
        } else if (line.size() < MAX_LINE) {
            line.write(b);
        }
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            write(bytes[i]);
        }
    }

    private void end() {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        String indent = text.startsWith("\t") ? "\t" : ""; // a frame of a stack trace
        queue.offer(indent + SafeText.of(text.substring(indent.length()).stripTrailing(), MAX_LINE));
    }
}
