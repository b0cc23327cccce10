/** What several modules' tests need: {@link testing.ForeignGateway}, {@link testing.CuttingProxy} and {@link testing.Await}. */
package testing;
