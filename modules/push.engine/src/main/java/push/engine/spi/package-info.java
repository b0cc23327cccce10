/**
 * What an event log must do to serve the engine: give every event its place in one order, and hand
 * the events on in that order. Keeping recent events, cursors and subscriptions is the engine's.
 */
package push.engine.spi;
