/**
 * Turns a folder of jars into a runtime image that does not need an installed JDK.
 *
 * <p>{@link image.Main} runs these steps in order. {@link image.Modularizer} adds a module descriptor to every jar
 * without one, because jlink does not accept automatic modules. {@link image.Linker} links all modules with the parts
 * of the JDK that they need. {@link image.Launcher} writes the start script. {@link image.AotTraining} runs the
 * finished image once to fill its ahead-of-time cache.
 *
 * <p>Each step reads the files that the previous step wrote. A failed step throws an {@link image.ImageException} that
 * states the problem and the remedy, or an {@link java.io.IOException}; {@code Main} reports both. The last step may
 * fail: the image is complete without the cache.
 *
 * <p>This module is not part of the running application.
 */
package image;
