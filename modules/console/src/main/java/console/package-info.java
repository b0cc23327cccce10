/** Shows the state of the hub to operators: {@link console.StatusRoutes} returns it as JSON. */
package console;
