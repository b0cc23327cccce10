package push.engine;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * The shard of a user: the CRC-32C (RFC 3720, appendix B.4) of the id's lower-case text, modulo the number of shards.
 */
final class Shards {

    private Shards() {}

    /** Returns the checksum, as an unsigned 32-bit number. */
    static long hash(UUID userId) {
        CRC32C crc = new CRC32C();
        crc.update(userId.toString().getBytes(US_ASCII));
        return crc.getValue();
    }
}
