package push.tracing;

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

/** The context of a span as it travels: the {@code traceparent} header of W3C Trace Context. */
public final class TraceParent {

    private static final String HEADER = "traceparent";

    /**
     * The position of the flags. Version, trace id, parent id and flags have two, 32, 16 and two digits, with hyphens
     * between them.
     */
    private static final int FLAGS = 53;

    private static final int LENGTH = FLAGS + 2;

    private TraceParent() {}

    /** Returns the context for work that the span causes. */
    public static String of(Tracer tracer, Span span) {
        Map<String, List<String>> headers = new HashMap<>();
        tracer.inject(span.context(), HeaderProvider.empty(), HeaderConsumer.create(headers));
        return headers.getOrDefault(HEADER, List.of("")).getFirst();
    }

    /** Makes a span continue a context. If the context is empty or malformed, the span begins a trace. */
    static void continueIn(Tracer tracer, String traceparent, Span.Builder<?> builder) {
        if (!traceparent.isEmpty()) {
            remote(tracer, traceparent).ifPresent(builder::parent);
        }
    }

    private static Optional<SpanContext> remote(Tracer tracer, String traceparent) {
        return tracer.extract(HeaderProvider.create(Map.of(HEADER, List.of(traceparent))));
    }

    /** Returns true if the trace is recorded. */
    public static boolean isRecorded(String traceparent) {
        int flags = traceparent.length() < LENGTH ? 0 : Character.digit(traceparent.charAt(FLAGS + 1), 16);
        return flags > 0 && (flags & 1) == 1; // -1 if the character is not a digit
    }

    /**
     * Links a span to the span that caused it, without making it a part of the same trace. An event that fans out to
     * thousands of gateways would otherwise make a trace of thousands of spans.
     *
     * @param traceparent the context of a trace that {@linkplain #isRecorded is recorded}
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
