package benchmarks.fanout;

import benchmarks.process.LineServer;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.management.JMException;
import javax.management.ObjectName;

/** The process of a server under test. */
final class TargetMain {

    private final Target target;
    private final Publishing publishing;

    private TargetMain(Target target, int payloadBytes) {
        this.target = target;
        this.publishing = new Publishing(target, payloadBytes);
    }

    /**
     * Runs until the input ends.
     *
     * @param arguments the contender's name, and the bytes of a payload
     */
    public static void main(String[] arguments) {
        try (Target target = Contender.valueOf(arguments[0]).target()) {
            TargetMain main = new TargetMain(target, Integer.parseInt(arguments[1]));
            LineServer.run("port=" + target.port() + " pid=" + target.pid(), main::execute);
        }
    }

    private String execute(String command, List<Long> numbers) {
        return switch (command) {
            case "await" -> {
                LineServer.await(() -> target.subscribers() == numbers.getFirst());
                yield "next=" + publishing.next();
            }
            case "paced" -> published(() -> publishing.paced(numbers.get(0), numbers.get(1)));
            case "flat" -> published(() -> publishing.flatOut(TimeUnit.MILLISECONDS.toNanos(numbers.getFirst())));
            case "collect" -> "heap=" + heapAfterCollection();
            default -> throw new IllegalArgumentException(command);
        };
    }

    private String published(Runnable publish) {
        long start = System.nanoTime();
        publish.run();
        return "start=" + start + " end=" + publishing.next();
    }

    private static long heapAfterCollection() {
        trimNativeHeap(); // first: the garbage that it leaves in the heap must be collected
        System.gc();
        System.gc(); // frees what the reference handling of the first one released
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    /** Returns free native memory to the system. Otherwise malloc keeps it, and it would count as a subscriber's. */
    private static void trimNativeHeap() {
        try {
            ObjectName diagnostics = new ObjectName("com.sun.management:type=DiagnosticCommand");
            ManagementFactory.getPlatformMBeanServer()
                    .invoke(diagnostics, "systemTrimNativeHeap", new Object[0], new String[0]);
        } catch (JMException e) {
            throw new IllegalStateException("the native heap cannot be trimmed", e);
        }
    }
}
