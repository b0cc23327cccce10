/**
 * The gate, which stands between a socket and the web server.
 *
 * <p>The gate deals with bytes, frames, deadlines and budgets. It uses no class of the engine or of gRPC; of gRPC it
 * knows only the content type. Everything that a peer sends passes through the gate before Helidon reads it, and
 * everything that Helidon writes passes through the gate before it goes out. The web server asks the {@code Gate} for
 * each connection. {@code ProtocolDetector} determines which protocol the connection uses.
 *
 * <p>The path of an HTTP/1 request: {@code Http1Inbound} turns the bytes that a {@code Wire} reads into whole heads
 * (the request line and the header fields) and pieces of bodies, or refuses them; {@code Http1Filter} passes them to
 * Helidon. What Helidon writes goes to {@code Http1Outbound}. {@code RequestPace} bounds the time.
 *
 * <p>The path of an HTTP/2 frame: {@code Http2Reader} reads bytes from a {@code Http2Socket}, and {@code Http2Inbound}
 * parses frames from them. {@code HeaderBlocks} and {@code InboundRequests} handle requests, {@code PeerSettings} the
 * settings, and {@code FrameHandler} all other frames. A frame is answered, ends its stream or the connection, or goes
 * into the {@code InboundQueue}, from which Helidon takes one frame at a time. Helidon writes to the
 * {@code HelidonWriter}. Its responses, and those of the gate, wait in the stream's {@code SendQueue} while a window is
 * shut; {@code Http2Outbound} sends them, and the {@code SerialWriter} writes them. {@code Http2Streams} owns the state
 * of streams, and {@code SendWindows} the windows, for Helidon's frames and for those of push streams alike.
 * {@code Http2Filter} puts these together.
 *
 * <p>Bounds: {@code HpackDecoder} and {@code RequestFields} for heads, {@code PeerBudget} for frames that carry no
 * data, {@code HeldBytes} for memory, {@code Deadlines} and {@code Http2Monitor} for time, {@code Admission} for
 * connections. The {@code StreamSupervisor} checks all connections four times a second, with the clock and the timer of
 * the {@code GateRuntime}.
 */
@org.jspecify.annotations.NullMarked
package push.transport.gate;
