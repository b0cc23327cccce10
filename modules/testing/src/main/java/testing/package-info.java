/**
 * What several modules' tests need: a gateway that is not ours ({@link testing.ForeignGateway}), connections
 * that break ({@link testing.CuttingProxy}, {@link testing.UnreliableProxy}), a server and a plain HTTP client
 * ({@link testing.TestServer}), databases ({@link testing.TestDatabase}), waiting without sleeping
 * ({@link testing.Await}), and what runs ({@link testing.LiveThreads}).
 */
package testing;
