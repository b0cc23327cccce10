/**
 * The gate: what stands between a socket and the web server.
 *
 * <p>The gate deals with bytes, frames, deadlines and budgets. It knows neither the engine nor gRPC. Everything that a peer
 * sends passes through the gate before Helidon reads it, and everything that Helidon writes passes through the gate before it
 * goes out. {@link push.transport.gate.GatewayConnections} is the way in: the web server asks it for each connection.
 */
@org.jspecify.annotations.NullMarked
package push.transport.gate;
