package io.godwit.connector.kit;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** {@link TypeSample}s of every type that PostgreSQL has built in, and of those that a user makes. */
public final class TypeSamples {

    /** Statements to run before a sample of {@link #userMade} is used. */
    public static final List<String> SETUP = List.of(
            "CREATE TYPE public.kit_mood AS ENUM ('sad', 'ok', 'it''s', 'GRÜN', 'a,b', '')",
            "CREATE TYPE public.kit_address AS (street text, number int4, mood public.kit_mood)",
            "CREATE DOMAIN public.kit_percent AS numeric(5,2) CHECK (VALUE >= 0)");

    private TypeSamples() {}

    /** Every type that needs no {@link #SETUP}. */
    public static List<TypeSample> builtIn() {
        return Stream.of(
                        NumberSamples.all(),
                        TextSamples.all(),
                        TemporalSamples.all(),
                        OtherSamples.all(),
                        NestedSamples.all())
                .flatMap(List::stream)
                .toList();
    }

    /** An enumeration, a domain, and types that travel in their text form. */
    public static List<TypeSample> userMade() {
        return List.of(
                TypeSample.named(
                        "public.kit_mood",
                        "enum('sad','ok','it''s','GRÜN','a,b','')",
                        "sad",
                        "it's",
                        "GRÜN",
                        "a,b",
                        ""),
                TypeSample.named("public.kit_percent", "numeric(5,2)", "0", "99.99", "NaN"),
                TypeSample.named(
                        "public.kit_address",
                        "text-form<public.kit_address>",
                        "(,,)",
                        "(\"a \"\"b\"\", (c)\",-1,sad)",
                        "(\"\",2147483647,\"a,b\")"),
                TypeSample.named(
                        "public.kit_mood[]", "text-form<public.kit_mood[]>", "{}", "{sad,\"it's\",\"a,b\",NULL,\"\"}"));
    }

    public static List<TypeSample> all() {
        List<TypeSample> all = new ArrayList<>(builtIn());
        all.addAll(userMade());
        return all;
    }
}
