package push.engine;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * Which shard a user belongs to: CRC-32C (RFC 3720, appendix B.4) of the id's lower-case text, modulo the number of
 * shards.
 */
final class Shards {

    private Shards() {}

    /** The checksum, as an unsigned number of 32 bits. */
    static long hash(UUID userId) {
        CRC32C crc = new CRC32C();
        crc.update(userId.toString().getBytes(US_ASCII));
        return crc.getValue();
    }
}
