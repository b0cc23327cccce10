package image;

import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.util.List;
import java.util.Set;

/** Finds the modules of an image that Java leaves out when it starts the application. */
final class Unreached {

    private Unreached() {}

    /**
     * The modules that are neither required, directly or through others, nor provide a service that is used. A library
     * that expects one of them all the same, having it as {@code requires static}, fails only once it runs: the
     * application must then require it.
     *
     * @param modules all modules, which must be complete
     * @param main the application's module
     */
    static List<String> from(ModulePath modules, String main) {
        Configuration started = Configuration.empty()
                .resolveAndBind(ModuleFinder.of(modules.folder()), ModuleFinder.ofSystem(), Set.of(main));
        return modules.modules().stream()
                .filter(name -> started.findModule(name).isEmpty())
                .toList();
    }
}
