/**
 * Distributed tracing. {@link tracing.Tracing} is the way to a collector; a {@link tracing.TraceParent} is the context
 * of a span as it travels, in a header or in an event.
 *
 * <p>Spans are made by Helidon's API, and by OpenTelemetry's where Helidon has no word for something: a link, for one.
 */
package tracing;
