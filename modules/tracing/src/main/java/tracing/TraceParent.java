package tracing;

import io.helidon.tracing.HeaderConsumer;
import io.helidon.tracing.HeaderProvider;
import io.helidon.tracing.Span;
import io.helidon.tracing.SpanContext;
import io.helidon.tracing.Tracer;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The context of a span as it travels: the header {@code traceparent} of W3C Trace Context. */
public final class TraceParent {

    private static final String HEADER = "traceparent";

    /** Version, trace id, parent id and flags, two, 32, 16 and two digits, with hyphens between them. */
    private static final int FLAGS = 53;

    private static final int LENGTH = FLAGS + 2;

    private TraceParent() {}

    /** In which something that the span causes goes on. */
    public static String of(Tracer tracer, Span span) {
        Map<String, List<String>> headers = new HashMap<>();
        tracer.inject(span.context(), HeaderProvider.empty(), HeaderConsumer.create(headers));
        return headers.getOrDefault(HEADER, List.of("")).getFirst();
    }

    /** Has a span go on in a context; it begins a trace of its own where that is empty or malformed. */
    static void continueIn(Tracer tracer, String traceparent, Span.Builder<?> builder) {
        if (!traceparent.isEmpty()) {
            remote(tracer, traceparent).ifPresent(builder::parent);
        }
    }

    private static Optional<SpanContext> remote(Tracer tracer, String traceparent) {
        return tracer.extract(HeaderProvider.create(Map.of(HEADER, List.of(traceparent))));
    }

    /** Whether the trace is recorded. */
    public static boolean isRecorded(String traceparent) {
        int flags = traceparent.length() < LENGTH ? 0 : Character.digit(traceparent.charAt(FLAGS + 1), 16);
        return flags > 0 && (flags & 1) == 1; // it is -1 where there is no digit
    }

    /**
     * Has a span point to the one that caused it without being a part of its trace: what fans out to thousands would
     * make traces of thousands.
     *
     * @param traceparent of a trace that {@linkplain #isRecorded is recorded}
     */
    public static void link(Span.Builder<?> builder, String traceparent) {
        // Helidon's API has no links.
        builder.unwrap(SpanBuilder.class)
                .addLink(io.opentelemetry.api.trace.SpanContext.createFromRemoteParent(
                        traceparent.substring(3, 35),
                        traceparent.substring(36, 52),
                        TraceFlags.fromHex(traceparent, FLAGS),
                        TraceState.getDefault()));
    }
}
