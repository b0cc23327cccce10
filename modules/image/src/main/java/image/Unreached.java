package image;

import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.util.List;
import java.util.Set;

/** Finds the modules of an image that Java does not resolve when it starts the application. */
final class Unreached {

    private Unreached() {}

    /**
     * The modules that no module requires, directly or indirectly, and that provide no service in use. If a library
     * needs such a module and declares it only as {@code requires static}, the library fails at run time. The
     * application must then require the module.
     *
     * @param modules all modules; their dependencies must be complete
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
