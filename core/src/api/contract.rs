//! What the list of endpoints says to others: `openapi.json` and the TypeScript types. Both are committed; a test writes
//! them anew and compares.
use super::{Access, Endpoint, EndpointMeta, ErrorBody, MOUNT, VERSION, endpoints};
use schemars::{JsonSchema, SchemaGenerator, generate::SchemaSettings};
use serde_json::{Map, Value, json};
use std::{any::TypeId, collections::BTreeMap};
use ts_rs::{TS, TypeVisitor};

/// Something that can be described in both languages.
pub trait Shape: JsonSchema + TS + 'static {}
impl<T: JsonSchema + TS + 'static> Shape for T {}

/// Everything that is said of the endpoints, as it is gathered.
pub struct SchemaBuilder {
    paths: Map<String, Value>,
    /// Of what comes out: every field is there.
    outward: SchemaGenerator,
    /// Of what goes in: fields with a default may be left out.
    inward: SchemaGenerator,
    ts: ts_rs::Config,
    /// Name → declaration, in the order of the alphabet.
    types: BTreeMap<String, String>,
    table: String,
}

/// The description in OpenAPI 3.1.
pub fn openapi() -> String {
    let mut book = gathered();
    let mut schemas = book.outward.take_definitions(true);
    for (name, schema) in book.inward.take_definitions(true) {
        let other = schemas.insert(name.clone(), schema.clone());
        assert!(
            other.is_none_or(|other| other == schema),
            "{name} goes in and comes out, and is described in two ways"
        );
    }
    let document = json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Hollyn Online, admin API",
            "version": VERSION.to_string(),
            "description": "What staff do: customers, services, orders, plans. Every answer from 400 on has the shape ErrorBody.",
        },
        "servers": [{ "url": MOUNT }],
        "paths": book.paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": { "device": { "type": "http", "scheme": "bearer" } },
        },
    });
    let mut text = serde_json::to_string_pretty(&document).expect("JSON is written to memory");
    text.push('\n');
    text
}

/// The types for `ui/`.
pub fn typescript() -> String {
    let book = gathered();
    let mut text = String::from(
        "// The shapes of the admin API, made from core/src/api. Do not change it here: a test compares.\n",
    );
    for declaration in book.types.values() {
        text.push('\n');
        text.push_str(declaration);
    }
    text.push_str(
        "\n/** Every endpoint: what goes in and what comes out. */\nexport interface Endpoints {\n",
    );
    text.push_str(&book.table);
    text.push_str("}\n");
    text
}

fn gathered() -> SchemaBuilder {
    let settings =
        || SchemaSettings::draft2020_12().with(|s| s.definitions_path = "/components/schemas".into());
    let mut book = SchemaBuilder {
        paths: Map::new(),
        outward: settings().for_serialize().into_generator(),
        inward: settings().for_deserialize().into_generator(),
        ts: ts_rs::Config::new().with_large_int("number"),
        types: BTreeMap::new(),
        table: String::new(),
    };
    endpoints::describe(&mut book);
    book.collect::<ErrorBody>();
    book
}

impl SchemaBuilder {
    /// Adds one endpoint.
    pub(super) fn endpoint<E: Endpoint>(&mut self)
    where
        E::Id: 'static,
        E::Query: Shape,
        E::Body: Shape,
        E::Answer: Shape,
    {
        let declared = E::META;
        let operation = self.operation::<E>(&declared);
        let path = self.paths.entry(declared.path).or_insert_with(|| json!({}));
        path[declared.method.to_lowercase()] = operation;
        self.collect::<E::Query>();
        self.collect::<E::Body>();
        self.collect::<E::Answer>();
        let name = |is_unit: bool, name: String| if is_unit { "null".to_owned() } else { name };
        let partial = |name: String| if name == "null" { name } else { format!("Partial<{name}>") };
        let id = match TypeId::of::<E::Id>() {
            id if id == TypeId::of::<()>() => "null",
            id if id == TypeId::of::<i64>() => "number",
            _ => "string",
        };
        let query = partial(name(is_unit::<E::Query>(), E::Query::name(&self.ts)));
        let body = name(is_unit::<E::Body>(), E::Body::name(&self.ts));
        let body = if declared.method == "PATCH" { partial(body) } else { body };
        let answer = E::Answer::name(&self.ts);
        self.table.push_str(&format!(
            "  {}: {{ id: {id}; query: {query}; body: {body}; answer: {answer} }};\n",
            declared.name
        ));
    }

    fn operation<E: Endpoint>(&mut self, declared: &EndpointMeta) -> Value
    where
        E::Query: Shape,
        E::Body: Shape,
        E::Answer: Shape,
    {
        let (summary, description) = declared.about.split_once("\n\n").unwrap_or((declared.about, ""));
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let rights = match (declared.access, declared.is_fresh) {
            (Access::Anyone, _) => "",
            (Access::Support, false) => "For staff.",
            (Access::Support, true) => "For staff, in a fresh session.",
            (Access::Admin, false) => "For admins.",
            (Access::Admin, true) => "For admins, in a fresh session.",
        };
        let answer = self.outward.subschema_for::<E::Answer>();
        let error = self.outward.subschema_for::<ErrorBody>();
        let kind = if TypeId::of::<E::Answer>() == TypeId::of::<super::Csv>() {
            "text/csv"
        } else {
            "application/json"
        };
        let refusal = json!({
            "description": "What is wrong.",
            "content": { "application/json": { "schema": error } },
        });
        let mut operation = json!({
            "operationId": declared.name,
            "tags": [declared.path.split('/').nth(1).unwrap_or_default()],
            "summary": words(summary),
            "description": words(&format!("{description} {rights}")),
            "parameters": self.parameters::<E>(declared),
            "responses": {
                "200": { "description": "Done.", "content": { kind: { "schema": answer } } },
                "4XX": refusal,
                "5XX": refusal,
            },
        });
        if declared.access != Access::Anyone {
            operation["security"] = json!([{ "device": [] }]);
        }
        if !is_unit::<E::Body>() {
            let body = self.inward.subschema_for::<E::Body>();
            operation["requestBody"] =
                json!({ "required": true, "content": { "application/json": { "schema": body } } });
        }
        operation
    }

    fn parameters<E: Endpoint>(&mut self, declared: &EndpointMeta) -> Vec<Value>
    where
        E::Query: Shape,
    {
        let mut parameters = Vec::new();
        if declared.path.contains("{id}") {
            let schema = if TypeId::of::<E::Id>() == TypeId::of::<i64>() {
                json!({ "type": "integer", "format": "int64", "minimum": 1 })
            } else {
                json!({ "type": "string", "pattern": "^[A-Za-z0-9._-]{1,80}$" })
            };
            parameters.push(json!({ "name": "id", "in": "path", "required": true, "schema": schema }));
        }
        if is_unit::<E::Query>() {
            return parameters;
        }
        let schema = E::Query::json_schema(&mut self.inward);
        let required = schema.get("required").cloned().unwrap_or_default();
        let fields = schema.get("properties").and_then(Value::as_object).cloned().unwrap_or_default();
        for (name, schema) in fields {
            let is_required = required.as_array().is_some_and(|all| all.contains(&json!(name)));
            let mut schema = without_null(schema);
            let about = schema.as_object_mut().and_then(|schema| schema.remove("description"));
            parameters.push(json!({
                "name": name, "in": "query", "required": is_required,
                "description": about.unwrap_or_else(|| json!("")), "schema": schema,
            }));
        }
        parameters
    }

    fn collect<T: TS + 'static + ?Sized>(&mut self) {
        // A type of ours has a file that it would be written to; the language's own have none.
        if T::output_path().is_some() {
            let ident = T::ident(&self.ts);
            if self.types.contains_key(&ident) && T::name(&self.ts) == ident {
                return;
            }
            let docs = T::docs().unwrap_or_default();
            let declaration = format!("{docs}export {}\n", T::decl(&self.ts));
            self.types.insert(ident, declaration);
        }
        T::visit_dependencies(&mut Collector(self));
        T::visit_generics(&mut Collector(self));
    }
}

struct Collector<'a>(&'a mut SchemaBuilder);

impl TypeVisitor for Collector<'_> {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        self.0.collect::<T>();
    }
}

fn is_unit<T: 'static>() -> bool {
    TypeId::of::<T>() == TypeId::of::<()>()
}

/// A query has no `null`: what is not given is not there.
fn without_null(mut schema: Value) -> Value {
    if let Some(schema) = schema.as_object_mut() {
        schema.remove("default");
    }
    if let Some(types) = schema.get("type").and_then(Value::as_array) {
        let kept: Vec<Value> = types.iter().filter(|kind| *kind != "null").cloned().collect();
        schema["type"] = kept.into_iter().next().unwrap_or_else(|| json!("string"));
    }
    if let Some(choices) = schema.get("anyOf").and_then(Value::as_array).cloned() {
        let kept = choices.into_iter().find(|choice| choice.get("type") != Some(&json!("null")));
        let about = schema.get("description").cloned();
        schema = kept.unwrap_or_else(|| json!({}));
        if let Some(about) = about {
            schema["description"] = about;
        }
    }
    schema
}
