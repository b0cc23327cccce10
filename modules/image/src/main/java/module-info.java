import org.jspecify.annotations.NullMarked;

/** Build tool: links the application and all of its libraries into one runtime image. */
@NullMarked
module image {
    requires java.compiler;
    requires static org.jspecify;

    // jlink runs in this process, as a service.
    uses java.util.spi.ToolProvider;
}
