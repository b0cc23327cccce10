/**
 * Distributed tracing. {@link push.tracing.Tracing} sends spans to a collector. {@link push.tracing.TraceParent}
 * handles the context of a span as it travels, in a header or in an event.
 *
 * <p>Spans are created with Helidon's API, and with OpenTelemetry's where Helidon lacks a feature, such as links.
 */
package push.tracing;
