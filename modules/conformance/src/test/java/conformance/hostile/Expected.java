package conformance.hostile;

import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * The expected result of an exchange.
 *
 * @param text the description of the result
 * @param answered whether the hub must send something on the stream of the exchange
 * @param lives whether the connection and its other streams must continue
 * @param fits whether an observed result is correct
 */
record Expected(String text, boolean answered, boolean lives, Predicate<Observed> fits) {

    static final int NO_ERROR = 0;
    static final int PROTOCOL_ERROR = 1;
    static final int FLOW_CONTROL_ERROR = 3;
    static final int STREAM_CLOSED = 5;
    static final int FRAME_SIZE_ERROR = 6;
    static final int COMPRESSION_ERROR = 9;

    /** One of these statuses. */
    static Expected status(int... anyOf) {
        return new Expected(
                "status " + list(anyOf), true, true, seen -> seen.isAlive() && contains(anyOf, seen.status()));
    }

    /** A malformed request: 400, or a reset of its stream. */
    static Expected malformed() {
        return new Expected(
                "400 or RST_STREAM",
                true,
                true,
                seen -> seen.isAlive() && (seen.status() == 400 || (seen.status() == 0 && seen.reset() > NO_ERROR)));
    }

    /** A reset of the stream with one of these codes. */
    static Expected reset(int... anyOf) {
        return new Expected(
                "RST_STREAM with " + list(anyOf), true, true, seen -> seen.isAlive() && contains(anyOf, seen.reset()));
    }

    /** No reaction: the hub ignores the frame. */
    static Expected ignored() {
        return new Expected("nothing", false, true, Observed::isAlive);
    }

    /** The end of the connection, with one of these codes. */
    static Expected connectionError(int... anyOf) {
        return new Expected(
                "GOAWAY with " + list(anyOf) + " and the end of the connection",
                false,
                false,
                seen -> seen.closed() && contains(anyOf, seen.goAway()));
    }

    /** The end of the connection, with a GOAWAY or without. */
    static Expected closed() {
        return new Expected("the end of the connection", false, false, Observed::closed);
    }

    /** Either result; it is a stream error if the first one fits. */
    static Expected either(Expected stream, Expected connection) {
        return new Expected(stream + ", or " + connection, true, false, stream.fits.or(connection.fits));
    }

    private static boolean contains(int[] anyOf, int one) {
        return IntStream.of(anyOf).anyMatch(each -> each == one);
    }

    private static String list(int... anyOf) {
        return String.join(
                " or ", IntStream.of(anyOf).mapToObj(Integer::toString).toList());
    }

    @Override
    public String toString() {
        return text;
    }
}
