package push.tracing;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.helidon.tracing.Span;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TracingTest {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String PARENT = "b7ad6b7169203331";
    private static final String RECORDED = "00-" + TRACE + "-" + PARENT + "-01";
    private static final String UNRECORDED = "00-" + TRACE + "-" + PARENT + "-00";

    private final Kept kept = new Kept();

    /** An exporter that keeps the spans. */
    private static final class Kept implements SpanExporter {

        final List<SpanData> spans = new CopyOnWriteArrayList<>();

        @Override
        public CompletableResultCode export(Collection<SpanData> batch) {
            spans.addAll(batch);
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }

    private Tracing open(double samplingRatio, double deliveryRatio) {
        return Tracing.open(
                new TracingConfig(URI.create("http://127.0.0.1:1"), "push", "node", samplingRatio, deliveryRatio),
                kept);
    }

    @Test
    void spanContinuesTheContextOfItsCaller() {
        try (Tracing tracing = open(0, 0)) {
            Span span = tracing.span("work", Span.Kind.SERVER, RECORDED).start();
            assertThat(
                    TraceParent.of(tracing.tracer(), span),
                    is("00-" + TRACE + "-" + span.context().spanId() + "-01"));
            span.end();
        }
        SpanData span = kept.spans.getFirst();
        assertThat(span.getTraceId(), is(TRACE));
        assertThat(span.getParentSpanId(), is(PARENT));
        assertThat(span.getResource().getAttributes().asMap().toString().contains("service.name=push"), is(true));
    }

    @Test
    void traceThatTheCallerDoesNotRecordIsPropagatedButNotRecorded() {
        try (Tracing tracing = open(1, 1)) {
            Span span = tracing.span("work", Span.Kind.SERVER, UNRECORDED).start();
            String propagated = TraceParent.of(tracing.tracer(), span);
            assertThat(propagated.startsWith("00-" + TRACE), is(true));
            assertThat(TraceParent.isRecorded(propagated), is(false));
            span.end();
        }
        assertThat(kept.spans, is(empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "00-00000000000000000000000000000000-b7ad6b7169203331-01"})
    void spanWithoutAValidContextBeginsATrace(String traceparent) {
        try (Tracing tracing = open(1, 0)) {
            tracing.span("work", Span.Kind.SERVER, traceparent).start().end();
        }
        assertThat(kept.spans.getFirst().getTraceId(), is(not(TRACE)));
        assertThat(kept.spans.getFirst().getParentSpanContext().isValid(), is(false));
    }

    @Test
    void linkedSpanBeginsATraceAndRefersToItsCause() {
        try (Tracing tracing = open(0, 1)) {
            Span.Builder<?> builder = tracing.deliveries().spanBuilder("deliver");
            TraceParent.link(builder, RECORDED);
            builder.start().end();
        }
        SpanData span = kept.spans.getFirst();
        assertThat(span.getTraceId(), is(not(TRACE)));
        assertThat(
                span.getLinks().stream()
                        .map(link -> link.getSpanContext().getTraceId() + "-"
                                + link.getSpanContext().getSpanId())
                        .toList(),
                contains(TRACE + "-" + PARENT));
    }

    @Test
    void ratiosOfZeroRecordNothing() {
        try (Tracing tracing = open(0, 0)) {
            tracing.span("work", Span.Kind.SERVER, "").start().end();
            tracing.deliveries().spanBuilder("deliver").start().end();
        }
        assertThat(kept.spans, is(empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00-", "nonsense that is longer than a W3C traceparent can be...", UNRECORDED})
    void onlyTheSampledFlagMarksATraceAsRecorded(String traceparent) {
        assertThat(TraceParent.isRecorded(traceparent), is(false));
        assertThat(TraceParent.isRecorded(RECORDED), is(true));
        assertThat(TraceParent.isRecorded(RECORDED.replace("-01", "-03")), is(true));
    }
}
