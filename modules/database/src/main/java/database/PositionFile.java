package database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * The mark: a small file next to the database's file that records the position of the database. With it, a start
 * detects that the database was emptied, damaged, or replaced by an older one. Not thread-safe.
 *
 * <p>The mark is written only after the database itself has been synced, and is not synced itself. After a power cut it
 * may be behind the database, but never ahead of it. The file has two lines; only one is overwritten at a time, so the
 * other one is always intact.
 */
final class PositionFile implements AutoCloseable {

    private static final int LINE_BYTES = 128;
    private static final Pattern LINE = Pattern.compile("push ([0-9a-f-]{36}) ([0-9]{1,19}) ([0-9a-f]{1,8}) *\n");

    private final FileChannel channel;

    /**
     * How far a database has come.
     *
     * @param database the id of the database
     * @param number the position: the number of syncs, which only increases
     */
    record Position(UUID database, long number) {

        private byte[] line() {
            String text = "push " + database + " " + number;
            String line = text + " " + checksum(text);
            return (line + " ".repeat(LINE_BYTES - 1 - line.length()) + "\n").getBytes(StandardCharsets.US_ASCII);
        }
    }

    /** Opens the file, and creates it if it does not exist. */
    PositionFile(Path file) throws IOException {
        PrivateFiles.create(file);
        channel = FileChannel.open(file, StandardOpenOption.WRITE);
    }

    /** The position in a file; empty if the file does not exist or has no intact line. */
    static Optional<Position> read(Path file) {
        try {
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            byte[] bytes;
            try (var in = Files.newInputStream(file)) {
                bytes = in.readNBytes(2 * LINE_BYTES);
            }
            Optional<Position> last = Optional.empty();
            for (int at = 0; at + LINE_BYTES <= bytes.length; at += LINE_BYTES) {
                Optional<Position> next = parse(new String(bytes, at, LINE_BYTES, StandardCharsets.US_ASCII));
                if (next.isPresent()
                        && (last.isEmpty() || next.get().number() > last.get().number())) {
                    last = next;
                }
            }
            return last;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Position> parse(String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()
                || !checksum("push " + matcher.group(1) + " " + matcher.group(2))
                        .equals(matcher.group(3))) {
            return Optional.empty();
        }
        return Optional.of(new Position(UUID.fromString(matcher.group(1)), Long.parseLong(matcher.group(2))));
    }

    private static String checksum(String text) {
        CRC32C checksum = new CRC32C();
        checksum.update(text.getBytes(StandardCharsets.US_ASCII));
        return Long.toHexString(checksum.getValue());
    }

    /** Writes a new position, up to which the database must already be synced. */
    void write(Position position) throws IOException {
        ByteBuffer line = ByteBuffer.wrap(position.line());
        long at = position.number() % 2 * LINE_BYTES;
        while (line.hasRemaining()) {
            at += channel.write(line, at);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
