/**
 * What the hub's parts tell of themselves, as spans: a request, the publication and the append of an event, each
 * delivery.
 */
package app.tracing;
