package io.godwit.planner.planning;

import io.godwit.planner.dispatch.Pool;
import io.godwit.planner.dispatch.Route;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Sees to it that the topics of pools are there, each once in this process's life. */
public final class Topics {
    private final Map<String, Pool> pools;
    private final Consumer<Pool> ensure;
    private final Set<String> there = ConcurrentHashMap.newKeySet();

    /** @param ensure makes one pool's topic; throws EXCHANGE_UNREACHABLE */
    public Topics(Collection<Pool> pools, Consumer<Pool> ensure) {
        this.pools = pools.stream().collect(Collectors.toMap(Pool::name, Function.identity()));
        this.ensure = ensure;
    }

    /** Those of all pools that the routes may take. */
    public void ensureFor(Collection<Route> routes) {
        for (Route route : routes) {
            for (String name : route.pools()) {
                Pool pool = pools.get(name);
                if (pool != null && !there.contains(name)) {
                    ensure.accept(pool);
                    there.add(name);
                }
            }
        }
    }
}
