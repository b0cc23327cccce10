/** What an operator sees of the hub: {@link console.StatusRoutes} answers with its state as JSON. */
package console;
