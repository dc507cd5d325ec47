package store

import (
	"reflect"
	"time"
)

// copier puts copies in place of everything a value points to. The value is
// settable. A nil copier stands for a value that points to nothing.
type copier func(v reflect.Value)

// copyPlan is how values of one type are copied, if they can be.
type copyPlan struct {
	possible bool
	copy     copier
}

// deepest ends the descent into types that contain themselves.
const deepest = 12

// planCopy finds out how a type is copied. Interfaces and hidden fields that point
// somewhere cannot be: their values are decoded each time.
func planCopy(t reflect.Type, depth int) copyPlan {
	if t == reflect.TypeFor[time.Time]() {
		return copyPlan{possible: true} // its zone never changes
	}
	if depth > deepest {
		return copyPlan{}
	}
	switch t.Kind() {
	case reflect.Struct:
		return planStruct(t, depth)
	case reflect.Pointer, reflect.Slice, reflect.Map:
		return planReference(t, planCopy(t.Elem(), depth+1))
	case reflect.Array:
		p := planCopy(t.Elem(), depth+1)
		return copyPlan{possible: p.possible && p.copy == nil}
	case reflect.Interface, reflect.Chan, reflect.Func, reflect.UnsafePointer:
		return copyPlan{}
	default:
		return copyPlan{possible: true}
	}
}

func planStruct(t reflect.Type, depth int) copyPlan {
	type part struct {
		index int
		copy  copier
	}
	var parts []part
	for i := range t.NumField() {
		f := t.Field(i)
		p := planCopy(f.Type, depth+1)
		if !p.possible || p.copy != nil && !f.IsExported() {
			return copyPlan{}
		}
		if p.copy != nil {
			parts = append(parts, part{i, p.copy})
		}
	}
	if len(parts) == 0 {
		return copyPlan{possible: true}
	}
	return copyPlan{possible: true, copy: func(v reflect.Value) {
		for _, p := range parts {
			p.copy(v.Field(p.index))
		}
	}}
}

func planReference(t reflect.Type, elem copyPlan) copyPlan {
	if !elem.possible || t.Kind() == reflect.Map && t.Key().Kind() != reflect.String {
		return copyPlan{}
	}
	fill := map[reflect.Kind]func(v reflect.Value, elem copier) reflect.Value{
		reflect.Pointer: copyPointer, reflect.Slice: copySlice, reflect.Map: copyMap,
	}[t.Kind()]
	return copyPlan{possible: true, copy: func(v reflect.Value) {
		if !v.IsNil() {
			v.Set(fill(v, elem.copy))
		}
	}}
}

func copyPointer(v reflect.Value, elem copier) reflect.Value {
	p := reflect.New(v.Type().Elem())
	p.Elem().Set(v.Elem())
	if elem != nil {
		elem(p.Elem())
	}
	return p
}

func copySlice(v reflect.Value, elem copier) reflect.Value {
	s := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
	reflect.Copy(s, v)
	for i := 0; elem != nil && i < s.Len(); i++ {
		elem(s.Index(i))
	}
	return s
}

func copyMap(v reflect.Value, elem copier) reflect.Value {
	m := reflect.MakeMapWithSize(v.Type(), v.Len())
	for it := v.MapRange(); it.Next(); {
		value := reflect.New(v.Type().Elem()).Elem()
		value.Set(it.Value())
		if elem != nil {
			elem(value)
		}
		m.SetMapIndex(it.Key(), value)
	}
	return m
}
