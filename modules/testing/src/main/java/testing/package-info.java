/**
 * Helpers that tests of several modules share: a gateway on a foreign client library ({@link testing.ForeignGateway}),
 * unreliable connections ({@link testing.CuttingProxy}, {@link testing.UnreliableProxy}), a server and a plain HTTP
 * client ({@link testing.TestServer}), databases ({@link testing.TestDatabase}), waiting without fixed sleeps ({@link
 * testing.Await}), and the list of live threads ({@link testing.LiveThreads}).
 */
package testing;
