package image;

/** The image cannot be built: says what is wrong, and what to do about it. */
final class ImageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * @param problem what is wrong, naming the jars, modules or files concerned
     * @param remedy what to do about it, as a sentence
     */
    ImageException(String problem, String remedy) {
        super(problem + System.lineSeparator() + remedy);
    }
}
