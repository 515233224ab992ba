package io.godwit.core.ledger;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Every state that can be reached, in the order of its distance: the first violation found has the shortest trace. */
final class Exploration {
    private final Map<World, Arrival> arrivals = new HashMap<>();
    private @Nullable Violation violation;

    private record Arrival(World from, Move by) {}

    /** An invariant that does not hold, and how the world came there. */
    record Violation(Invariant invariant, String trace) {}

    /** Explores until nothing new can be reached, or an invariant fails. */
    static Exploration of(World initial, Function<World, Collection<Move>> moves, Collection<Invariant> invariants) {
        Exploration exploration = new Exploration();
        exploration.run(initial, moves, invariants);
        return exploration;
    }

    int states() {
        return arrivals.size();
    }

    /** How many of the states have no way to a state of that kind. */
    int statesWithNoWayTo(Predicate<World> goal, Function<World, Collection<Move>> possible) {
        Map<World, List<World>> before = new HashMap<>();
        arrivals.keySet()
                .forEach(world -> possible.apply(world)
                        .forEach(move -> before.computeIfAbsent(move.to(), key -> new ArrayList<>())
                                .add(world)));
        Set<World> found = new HashSet<>();
        Deque<World> open = new ArrayDeque<>();
        arrivals.keySet().stream().filter(goal).forEach(open::add);
        while (!open.isEmpty()) {
            World world = open.remove();
            if (found.add(world)) {
                open.addAll(before.getOrDefault(world, List.of()));
            }
        }
        return arrivals.size() - found.size();
    }

    @Nullable
    Violation violation() {
        return violation;
    }

    private void run(World initial, Function<World, Collection<Move>> possible, Collection<Invariant> invariants) {
        Deque<World> open = new ArrayDeque<>();
        arrivals.put(initial, new Arrival(initial, Move.of(initial, "at first")));
        open.add(initial);
        while (!open.isEmpty()) {
            World world = open.remove();
            for (Move move : possible.apply(world)) {
                if (arrivals.putIfAbsent(move.to(), new Arrival(world, move)) == null) {
                    open.add(move.to());
                }
                for (Invariant invariant : invariants) {
                    if (!invariant.holds(world, move.to())) {
                        violation = new Violation(invariant, trace(world) + line(move));
                        return;
                    }
                }
            }
        }
    }

    private String trace(World last) {
        Deque<String> lines = new ArrayDeque<>();
        World world = last;
        while (true) {
            Arrival arrival = Objects.requireNonNull(arrivals.get(world));
            lines.addFirst(line(arrival.by()));
            if (arrival.from().equals(world)) {
                return String.join("", lines);
            }
            world = arrival.from();
        }
    }

    private static String line(Move move) {
        World world = move.to();
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-58s run %s", move.what(), world.run()));
        for (World.Part part : world.parts()) {
            line.append(", ledger ").append(part.ledger()).append(", target ").append(part.target());
        }
        return line.append('\n').toString();
    }
}
