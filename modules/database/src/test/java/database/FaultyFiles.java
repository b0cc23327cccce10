package database;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * A file system for H2 whose disk can be full, and whose power can be cut. After a power cut, the disk has everything
 * that was synced, and any of the pages that were written since.
 */
public final class FaultyFiles extends FilePathWrapper {

    private static final int PAGE = 4_096;
    private static final Map<String, Disk> DISKS = new ConcurrentHashMap<>();

    static {
        FilePath.register(new FaultyFiles());
    }

    /** The disk below one file. */
    static final class Disk {

        private byte[] synced = {};
        private final List<Write> unsynced = new ArrayList<>();
        private boolean full;
        private boolean failsToSync;
        private int syncs;

        private record Write(long at, ByteBuffer bytes) {}

        /** Sets whether writes fail. */
        synchronized void full(boolean now) {
            full = now;
        }

        /** Sets whether syncs fail. */
        synchronized void failsToSync(boolean now) {
            failsToSync = now;
        }

        synchronized int syncs() {
            return syncs;
        }

        private synchronized void write(long at, byte[] bytes) throws IOException {
            if (full) {
                throw new IOException("No space left on device");
            }
            unsynced.add(new Write(at, ByteBuffer.wrap(bytes)));
        }

        private synchronized void sync() throws IOException {
            if (failsToSync) {
                throw new IOException("Input/output error");
            }
            syncs++;
            for (Write write : unsynced) {
                put(write, 0, write.bytes().capacity());
            }
            unsynced.clear();
        }

        private synchronized void truncate(long size) {
            // A file that becomes shorter may do so at once: nothing that was synced should be cut off.
            if (synced.length > size) {
                synced = Arrays.copyOf(synced, Math.toIntExact(size));
            }
            unsynced.removeIf(write -> write.at() >= size);
        }

        private void put(Write write, int from, int to) {
            int end = Math.toIntExact(write.at() + to);
            if (synced.length < end) {
                synced = Arrays.copyOf(synced, end);
            }
            write.bytes().get(from, synced, Math.toIntExact(write.at() + from), to - from);
        }

        /** Returns what the disk has after a power cut at this moment. */
        synchronized byte[] cut(SplittableRandom random) {
            byte[] before = synced;
            synced = synced.clone();
            for (Write write : unsynced) {
                for (int from = 0; from < write.bytes().capacity(); from += PAGE) {
                    if (random.nextBoolean()) {
                        put(write, from, Math.min(from + PAGE, write.bytes().capacity()));
                    }
                }
            }
            byte[] after = synced;
            synced = before;
            return after;
        }
    }

    /** The URL of a database on a disk of its own. */
    static String url(Path name) {
        return "jdbc:h2:faulty:" + name;
    }

    static Disk disk(Path name) {
        return DISKS.computeIfAbsent(name + ".mv.db", _ -> new Disk());
    }

    @Override
    public String getScheme() {
        return "faulty";
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        String path = getBase().toString();
        Disk disk = DISKS.computeIfAbsent(path, _ -> new Disk());
        if (Files.exists(Path.of(path))) {
            disk.synced = Files.readAllBytes(Path.of(path));
        }
        return new Channel(super.open(mode), disk);
    }

    private static final class Channel extends FileBaseDefault {

        private final FileChannel below;
        private final Disk disk;

        Channel(FileChannel below, Disk disk) {
            this.below = below;
            this.disk = disk;
        }

        @Override
        public long size() throws IOException {
            return below.size();
        }

        @Override
        public synchronized int read(ByteBuffer into, long at) throws IOException {
            return below.read(into, at);
        }

        @Override
        public synchronized int write(ByteBuffer from, long at) throws IOException {
            byte[] bytes = new byte[from.remaining()];
            from.duplicate().get(bytes);
            disk.write(at, bytes);
            return below.write(from, at);
        }

        @Override
        public void force(boolean metadata) throws IOException {
            disk.sync();
        }

        @Override
        protected void implTruncate(long size) throws IOException {
            disk.truncate(size);
            below.truncate(size);
        }

        @Override
        public FileLock tryLock(long at, long size, boolean shared) throws IOException {
            return below.tryLock(at, size, shared);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            below.close();
        }
    }
}
