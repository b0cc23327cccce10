/**
 * The command line: {@link app.cli.PushCommand} and one class for each of its commands.
 *
 * <p>Options are declared in code rather than by annotations: nothing of this module is open to
 * reflection, and starting costs less.
 */
package app.cli;
