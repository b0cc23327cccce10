package image;

import java.lang.classfile.constantpool.ClassEntry;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.HashSet;
import java.util.Set;

/** Collects the packages of types, from all forms in which a class file encodes types. */
final class TouchedTypes {

    private final Set<String> packages = new HashSet<>();

    /** The packages collected so far. */
    Set<String> packages() {
        return packages;
    }

    void add(ClassDesc type) {
        ClassDesc component = component(type);
        if (component.isClassOrInterface()) {
            packages.add(component.packageName());
        }
    }

    void add(ClassEntry type) {
        add(type.asSymbol());
    }

    void add(MethodTypeDesc method) {
        add(method.returnType());
        method.parameterList().forEach(this::add);
    }

    /** Adds the types of a field descriptor or a method descriptor. */
    void addDescriptor(String descriptor) {
        if (descriptor.startsWith("(")) {
            add(MethodTypeDesc.ofDescriptor(descriptor));
        } else {
            add(ClassDesc.ofDescriptor(descriptor));
        }
    }

    /** The full name of a type; for an array, the name of its element type. */
    static String name(ClassDesc type) {
        ClassDesc component = component(type);
        String simple = component.displayName();
        return component.packageName().isEmpty() ? simple : component.packageName() + "." + simple;
    }

    private static ClassDesc component(ClassDesc type) {
        ClassDesc component = type;
        while (component.isArray()) {
            component = component.componentType();
        }
        return component;
    }
}
