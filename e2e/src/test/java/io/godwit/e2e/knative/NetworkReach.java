package io.godwit.e2e.knative;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Which addresses a NetworkPolicy lets its pods reach, whatever the port: as Kubernetes reads {@code egress}. */
final class NetworkReach {
    private final JsonNode policy;

    NetworkReach(JsonNode policy) {
        this.policy = policy;
    }

    /** @param address IPv4 or IPv6, never a name */
    boolean lets(String address) {
        for (JsonNode rule : policy.at("/spec/egress")) {
            JsonNode peers = rule.path("to");
            if (peers.isEmpty()) {
                return true; // Nobody named is everybody.
            }
            for (JsonNode peer : peers) {
                if (peer.has("ipBlock") && isIn(peer.get("ipBlock"), address)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isIn(JsonNode block, String address) {
        for (JsonNode except : block.path("except")) {
            if (covers(except.asText(), address)) {
                return false;
            }
        }
        return covers(block.path("cidr").asText(), address);
    }

    private static boolean covers(String cidr, String address) {
        String[] parts = cidr.split("/", -1);
        byte[] network = bytes(parts[0]);
        byte[] one = bytes(address);
        int free = network.length * 8 - Integer.parseInt(parts[1]);
        return network.length == one.length
                && new BigInteger(1, network).shiftRight(free).equals(new BigInteger(1, one).shiftRight(free));
    }

    private static byte[] bytes(String address) {
        try {
            return InetAddress.getByName(address).getAddress();
        } catch (UnknownHostException notAnAddress) {
            throw new IllegalArgumentException(address, notAnAddress);
        }
    }
}
