/**
 * Turns a folder of jars into a runtime image that needs no JDK beside it.
 *
 * <p>{@link image.Main} takes the steps in order: {@link image.Modularizer} gives every jar without a module
 * descriptor a real one, because jlink takes nothing less; {@link image.Linker} links all modules with the parts of the
 * JDK that they need; {@link image.Launcher} writes the start script; {@link image.AotTraining} runs the finished image
 * once to fill its ahead-of-time cache. Each step reads what the one before left on disk. Whatever stops a step arrives
 * at {@code Main} as an {@link image.ImageException} that names the cause and the remedy. The last step may fail: the
 * image is complete without the cache.
 *
 * <p>Nothing here is part of the running application.
 */
package image;
