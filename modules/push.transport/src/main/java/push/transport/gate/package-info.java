/**
 * The gate, which stands between a socket and the web server.
 *
 * <p>The gate deals with bytes, frames, deadlines and budgets. It uses no class of the engine or of gRPC; of gRPC it
 * knows only the content type. Everything that a peer sends passes through the gate before Helidon reads it, and
 * everything that Helidon writes passes through the gate before it goes out. The web server asks the {@code Gate} for
 * each connection. {@code GateConnection} determines which protocol the connection uses.
 *
 * <p>The path of an HTTP/1 request: {@code Http1Inbound} turns the bytes that a {@code Wire} reads into whole heads
 * (the request line and the header fields) and pieces of bodies, or refuses them; {@code Http1Filter} passes them to
 * Helidon. What Helidon writes goes to {@code Http1Outbound}. {@code RequestPace} bounds the time.
 *
 * <p>The path of an HTTP/2 frame: a {@code GatewaySocket} reads bytes, {@code FrameParser} parses frames from them, and
 * {@code Http2Inbound} answers each frame, ends its stream or the connection, or puts it into the {@code Inlet}, from
 * which Helidon takes one frame at a time. What Helidon writes goes to {@code Http2Outbound}, waits in the
 * stream's {@code SendQueue} while a window is shut, and is written by the {@code SerialWriter}. {@code Http2Streams}
 * owns the state of streams and windows, for Helidon's frames and for those of push streams alike;
 * {@code GatewayConnection} puts these together.
 *
 * <p>Bounds: {@code HpackDecoder} and {@code RequestFields} for heads, {@code PeerBudget} for frames that carry no
 * data, {@code HeldBytes} for memory, {@code Deadlines} for time, {@code Admission} for connections. The
 * {@code StreamSupervisor} checks all connections four times a second.
 */
@org.jspecify.annotations.NullMarked
package push.transport.gate;
