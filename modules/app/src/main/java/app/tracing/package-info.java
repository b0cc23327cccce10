/**
 * The hub's spans for distributed tracing: for each request, for the publication and the append of an event, and for
 * each delivery.
 */
package app.tracing;
