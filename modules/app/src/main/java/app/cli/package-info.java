/**
 * The command line: {@link app.cli.PushCommand}, and one class for each of its commands.
 *
 * <p>The options are declared in code and not with annotations, so this module needs no reflection and starts faster.
 */
package app.cli;
