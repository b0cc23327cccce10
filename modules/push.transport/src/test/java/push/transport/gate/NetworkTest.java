package push.transport.gate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class NetworkTest {

    private static Network of(String address) throws UnknownHostException {
        return Network.of(InetAddress.getByName(address));
    }

    @Test
    void eachAddressOfIpv4IsItsOwn() throws UnknownHostException {
        assertThat(of("10.0.0.1"), is(of("10.0.0.1")));
        assertThat(of("10.0.0.1"), is(not(of("10.0.0.2"))));
    }

    @Test
    void addressesOfIpv6ShareTheirPrefix() throws UnknownHostException {
        assertThat(of("2001:db8:0:1::1"), is(of("2001:db8:0:1:ffff::2")));
        assertThat(of("2001:db8:0:1::1"), is(not(of("2001:db8:0:2::1"))));
    }

    @Test
    void mappedAddressIsThatOfIpv4() throws UnknownHostException {
        assertThat(of("::ffff:10.0.0.1"), is(of("10.0.0.1")));
    }
}
