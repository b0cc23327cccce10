package push.transport.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Http10ResponseTest {

    private static final String HEAD =
            "HTTP/1.1 200 OK\r\nDate: d\r\nConnection: keep-alive\r\nTransfer-Encoding: chunked\r\nTrailer: x\r\n\r\n";
    private static final String CHUNKED = HEAD + "3\r\na\r\n\r\nb\r\n0123456789\n\r\n0\r\nx: y\r\n\r\n";
    private static final String WITH_LENGTH = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\na\r\n";

    private static String convert(boolean withoutBody, String answer, int pieceLength) {
        Http10Response converter = new Http10Response(withoutBody);
        ByteArrayOutputStream converted = new ByteArrayOutputStream();
        for (int from = 0; from < answer.length(); from += pieceLength) {
            String piece = answer.substring(from, Math.min(answer.length(), from + pieceLength));
            converted.writeBytes(converter.convert(piece.getBytes(StandardCharsets.ISO_8859_1)));
        }
        return converted.toString(StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 64, 1000})
    void undoesChunks(int pieceLength) {
        assertEquals(
                "HTTP/1.0 200 OK\r\nDate: d\r\nConnection: close\r\n\r\na\r\n0123456789\n",
                convert(false, CHUNKED, pieceLength));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 64, 1000})
    void keepsALength(int pieceLength) {
        assertEquals(
                "HTTP/1.0 200 OK\r\nContent-Length: 3\r\nConnection: close\r\n\r\na\r\n",
                convert(false, WITH_LENGTH, pieceLength));
    }

    @ParameterizedTest
    @ValueSource(strings = {CHUNKED, WITH_LENGTH})
    void anAnswerToHeadHasNoBody(String answer) {
        String converted = convert(true, answer, 5);
        assertEquals(converted.length() - 4, converted.indexOf("\r\n\r\n"));
    }
}
