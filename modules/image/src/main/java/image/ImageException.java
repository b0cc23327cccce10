package image;

/** The image cannot be built. The message states the problem and the remedy. */
final class ImageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * @param problem a description of the problem that names the affected jars, modules or files
     * @param remedy a sentence that tells how to solve the problem
     */
    ImageException(String problem, String remedy) {
        super(problem + System.lineSeparator() + remedy);
    }
}
