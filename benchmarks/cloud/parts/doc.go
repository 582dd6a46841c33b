// Package parts has parts of programs that use cloud services. The packages of the trees f and g are made of its files.
// Files that end with _batch call functions whose responses say what failed.
package parts
