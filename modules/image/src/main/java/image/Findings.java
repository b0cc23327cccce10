package image;

import java.util.Set;

/**
 * What the classes of one jar say about themselves and about others. Types and packages are named as in source, nested
 * types with a dollar sign.
 *
 * @param declarationsOnly whether all top-level types are annotations, interfaces or enums (true without any type)
 * @param packages the packages of all types that its code can touch, its own included
 * @param inherited the packages of the types that its types extend or implement
 * @param abstractTypes its interfaces and abstract classes: what a service can be
 * @param classConstants the types whose class objects its code mentions
 * @param loadsServices whether it calls {@link java.util.ServiceLoader}
 * @param loadsNativeCode whether it loads a native library
 */
record Findings(
        boolean declarationsOnly,
        Set<String> packages,
        Set<String> inherited,
        Set<String> abstractTypes,
        Set<String> classConstants,
        boolean loadsServices,
        boolean loadsNativeCode) {

    Findings {
        packages = Set.copyOf(packages);
        inherited = Set.copyOf(inherited);
        abstractTypes = Set.copyOf(abstractTypes);
        classConstants = Set.copyOf(classConstants);
    }
}
