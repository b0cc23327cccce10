package image;

import java.lang.module.ModuleDescriptor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Finds modules that require each other, which only automatic modules may do. */
final class RequiresCycles {

    private final Map<String, ModuleDescriptor> modules = new TreeMap<>();
    private final Set<String> done = new HashSet<>();
    private final List<String> cycles = new ArrayList<>();

    private RequiresCycles(Collection<ModuleDescriptor> modules) {
        modules.forEach(module -> this.modules.put(module.name(), module));
    }

    /**
     * Checks a module graph. Modules outside the graph, such as those of the JDK, cannot be part of a cycle.
     *
     * @throws ImageException if there is a cycle; the message names each cycle found
     */
    static void check(Collection<ModuleDescriptor> modules) {
        RequiresCycles search = new RequiresCycles(modules);
        search.modules.keySet().forEach(name -> search.visit(name, new ArrayList<>()));
        if (!search.cycles.isEmpty()) {
            throw new ImageException(
                    "Modules require each other:" + System.lineSeparator()
                            + String.join(System.lineSeparator(), search.cycles),
                    "Exclude one module of each cycle, or put the jars of a cycle together into one.");
        }
    }

    private void visit(String name, List<String> path) {
        int start = path.indexOf(name);
        if (start >= 0) {
            cycles.add("  " + String.join(" -> ", path.subList(start, path.size())) + " -> " + name);
            return;
        }
        ModuleDescriptor module = modules.get(name);
        if (module == null || done.contains(name)) {
            return;
        }
        path.add(name);
        module.requires().stream().sorted().forEach(requires -> visit(requires.name(), path));
        path.removeLast();
        done.add(name);
    }
}
