package io.godwit.connector.kit;

import java.util.List;

final class OtherSamples {
    private OtherSamples() {}

    static List<TypeSample> all() {
        return List.of(
                TypeSample.of(
                        "uuid",
                        "00000000-0000-0000-0000-000000000000",
                        "ffffffff-ffff-ffff-ffff-ffffffffffff",
                        "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"),
                TypeSample.of(
                        "inet",
                        "0.0.0.0/0",
                        "192.168.0.1",
                        "192.168.0.1/24",
                        "255.255.255.255",
                        "::",
                        "::1",
                        "::2",
                        "::1.2.3.4",
                        "::ffff:1.2.3.4",
                        "::ffff:1.2.3.4/100",
                        "2001:db8::1",
                        "2001:db8::1/64",
                        "fe80:0:0:1:0:0:0:1",
                        "1:0:0:2:0:0:3:4",
                        "1::",
                        "1:2:3:4:5:6:7:8/0",
                        "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
                        "1:0:2:0:3:0:4:0",
                        "::1:0:0"),
                TypeSample.of("cidr", "0.0.0.0/0", "10.0.0.0/8", "192.168.0.1/32", "::/0", "2001:db8::/32", "::1/128"),
                TypeSample.of("macaddr", "00:00:00:00:00:00", "08:00:2b:01:02:03", "ff:ff:ff:ff:ff:ff"),
                TypeSample.of(
                        "macaddr8", "00:00:00:00:00:00:00:00", "08:00:2b:01:02:03:04:05", "ff:ff:ff:ff:ff:ff:ff:ff"),
                TypeSample.of("bit(1)", "0", "1"),
                TypeSample.of("bit(9)", "000000000", "101010101", "111111111"),
                TypeSample.of("varbit", "", "0", "1", "10101010", "101010101"),
                TypeSample.of("varbit(9)", "", "111111111"),
                TypeSample.of("point", "(0,-0)", "(1.5,-2.25)", "(1e300,-1e-300)", "(Infinity,NaN)"),
                TypeSample.of("line", "{1,-1,0}", "{0.1,2,3}"),
                TypeSample.of("lseg", "[(0,0),(1,1)]", "[(-1.5,2),(3,-4)]"),
                TypeSample.of("box", "(1,1),(0,0)", "(0,0),(1,1)", "(5,-1),(-5,1)"),
                TypeSample.of("path", "((0,0))", "[(0,0),(1,1),(2,0)]", "((0,0),(1,1),(2,0))"),
                TypeSample.of("polygon", "((0,0))", "((0,0),(1,1),(2,0))"),
                TypeSample.of("circle", "<(0,0),0>", "<(1.5,-2),3.25>"));
    }
}
